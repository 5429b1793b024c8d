package dev.weir.schemas;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks what is never null in the generated records, for NullAway. JSpecify's own annotation belongs to types and cannot
 * stand before the fully qualified names that Avro's generator writes; hand-written code uses JSpecify's.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.METHOD, ElementType.PARAMETER})
@interface NonNull {}
