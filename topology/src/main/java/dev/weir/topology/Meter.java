package dev.weir.topology;

import java.util.function.DoubleSupplier;

/**
 * One number to watch. Whoever serves metrics binds it; its name and kind never change, and it has no labels, so that
 * no run or template can multiply it.
 *
 * @param counting whether it only grows
 */
public record Meter(String name, String unit, String about, boolean counting, DoubleSupplier value) {}
