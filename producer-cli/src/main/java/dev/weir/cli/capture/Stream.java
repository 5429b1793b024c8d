package dev.weir.cli.capture;

import java.nio.file.Path;

/** One captured byte stream: its name, the raw file that holds it, and how far it has been taken. */
public record Stream(String name, Path raw, Progress progress) {}
