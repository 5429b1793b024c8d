package dev.weir.cli.capture;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Path;

/** A pipe from the child to weir that outlives weir, and what becomes of its bytes. */
interface Conduit extends ReadableByteChannel {
    /** @param way file, pipe, or auto: a file where its front can be given back while it grows, else a pipe */
    static Conduit open(String way, Path folder, String name) throws IOException {
        boolean file = way.equals("file") || way.equals("auto") && Holes.mayWork();
        return file ? Held.open(folder, name) : Guarded.open(folder, name);
    }

    /** Where the child's stream goes. */
    Redirect entrance();

    /** The process that keeps the stream should weir be killed. */
    long pid();

    /** Lets the stream end when its last writer is gone; to be called once the child has it. */
    void release() throws IOException;

    /** Where its bytes are kept. */
    Kept kept();

    /** For those who want the old way: the child's next write meets a pipe without a reader. */
    void breakPipe();

    /** The stream is at its end, and all of it is taken. */
    void finish();

    /** No child was started: once this returns, nothing writes to the folder any longer, and it can be deleted. */
    void abandon();
}
