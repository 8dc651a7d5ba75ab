#!/usr/bin/perl
# A return agent as people write one: agent.pl HOST:PORT RETURN_ADDRESS < message
# Stamps the subject with the time and sends the message to a fixed address. Nothing is verified, nothing is tuned.
use strict;
use warnings;
use Net::SMTP;
use POSIX qw(strftime);

my ($server, $to) = @ARGV;
my $from = 'webscout@company.test';
my $now = strftime('%Y-%m-%dT%H:%M:%SZ', gmtime);

my $message = do { local $/; <STDIN> };
$message =~ s/\AFrom .*\n//;
$message =~ s/^(Subject:.*)$/$1 [received $now]/m;

my $smtp = Net::SMTP->new($server, Hello => 'company.test') or exit 75;
$smtp->mail($from) or exit 75;
$smtp->to($to) or exit 75;
$smtp->data or exit 75;
$smtp->datasend($message) or exit 75;
$smtp->dataend or exit 75;
$smtp->quit;
