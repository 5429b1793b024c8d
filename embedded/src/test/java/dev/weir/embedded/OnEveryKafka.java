package dev.weir.embedded;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.ClassTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs a test class on the embedded broker, then on Apache's container where a Docker engine answers; elsewhere the second
 * run is reported as skipped. Tests take a {@link KafkaUnderTest} as a parameter.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ClassTemplate
@ExtendWith(EveryKafka.class)
public @interface OnEveryKafka {}
