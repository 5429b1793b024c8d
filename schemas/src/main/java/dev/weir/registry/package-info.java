/**
 * Avro values in Confluent's wire format, with schemas kept in a registry that speaks Confluent's REST API. Knows no
 * record of weir's own.
 */
@NullMarked
package dev.weir.registry;

import org.jspecify.annotations.NullMarked;
