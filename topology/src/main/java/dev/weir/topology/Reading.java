package dev.weir.topology;

import java.util.function.Function;
import java.util.function.Supplier;

/** What came of asking the stores for one run. */
public sealed interface Reading<T> {

    <R> R fold(
            Function<T, R> found,
            Supplier<R> absent,
            Function<Elsewhere<T>, R> elsewhere,
            Function<Restoring<T>, R> restoring);

    /** The run is here. */
    record Found<T>(T value) implements Reading<T> {
        @Override
        public <R> R fold(
                Function<T, R> found,
                Supplier<R> absent,
                Function<Elsewhere<T>, R> elsewhere,
                Function<Restoring<T>, R> restoring) {
            return found.apply(value);
        }
    }

    /** Its partition is here and knows no such run, or none within the retention. */
    record Absent<T>() implements Reading<T> {
        @Override
        public <R> R fold(
                Function<T, R> found,
                Supplier<R> absent,
                Function<Elsewhere<T>, R> elsewhere,
                Function<Restoring<T>, R> restoring) {
            return absent.get();
        }
    }

    /** Another server holds its partition. */
    record Elsewhere<T>(String host, int port) implements Reading<T> {
        @Override
        public <R> R fold(
                Function<T, R> found,
                Supplier<R> absent,
                Function<Elsewhere<T>, R> elsewhere,
                Function<Restoring<T>, R> restoring) {
            return elsewhere.apply(this);
        }
    }

    /** Its partition is on its way to a server: being assigned, or its store being read back from the changelog. */
    record Restoring<T>(int percent) implements Reading<T> {
        @Override
        public <R> R fold(
                Function<T, R> found,
                Supplier<R> absent,
                Function<Elsewhere<T>, R> elsewhere,
                Function<Restoring<T>, R> restoring) {
            return restoring.apply(this);
        }
    }
}
