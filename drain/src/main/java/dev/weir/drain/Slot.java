package dev.weir.drain;

/** What is known of the values at one place of a template. */
public final class Slot {}
