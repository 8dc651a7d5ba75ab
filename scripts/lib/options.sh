# The options and class paths of Java, the same when a start-up cache is made and when it is used. To be sourced with $lib set.

# One run, one mail: quick to start and small. Compiling costs more than it brings in so short a life, so it begins later. The last three
# keep the cache where it was made for, which saves moving it; a Java that does not know them ignores them.
pipe_options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 -Xmx64m -XX:-UsePerfData
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"

# The same for a check, which a monitoring system starts for each look; a list may name thousands of servers.
check_options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=3 -Xmx256m -XX:-UsePerfData
    -XX:+IgnoreUnrecognizedVMOptions -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0"

# The same for a resident checker, which lives long, and small: with the other compiler it takes half as much again. A host's addresses are looked
# up for each check.
resident_check_options="-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx40m -XX:-UsePerfData
    -Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0"

# A bounded heap: what is held for each message is bounded, so more would only hide a leak. What a monitor holds grows with its targets, and
# so does what a command reads of its file; these are enough for 100,000.
monitor_options="-Xmx232m"
command_options="-Xmx512m"
resident_options="-XX:+UseSerialGC -Xmx128m --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

pipe_class_path() {
    class_path=$lib/mailsonar.jar:$lib/snakeyaml-engine.jar:$lib/jspecify.jar
}

check_class_path() {
    class_path=$lib/mailsonar.jar:$lib/commons-cli.jar:$lib/jackson-core.jar:$lib/unboundid-ldapsdk.jar:$lib/snakeyaml-engine.jar:$lib/jspecify.jar
}

resident_class_path() {
    class_path=$lib/mailsonar.jar
    for jar in "$lib"/*.jar; do
        [ "$jar" = "$lib/mailsonar.jar" ] || class_path=$class_path:$jar
    done
}
