package org.mailsonar.lab;

import java.io.IOException;

/** A Java program that holds a lab, says where, and never closes it; a test kills it. */
final class PostfixLabHolder {

    private PostfixLabHolder() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PostfixLab lab = PostfixLab.inNewDirectory().start();
        System.out.println(lab.directory());
        Thread.currentThread().join();
    }
}
