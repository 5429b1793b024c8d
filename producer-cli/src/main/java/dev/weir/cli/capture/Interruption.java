package dev.weir.cli.capture;

/** Whether somebody wants this command to end: INT, TERM or HUP came. */
public final class Interruption {
    private volatile boolean came;

    private Interruption() {}

    public static Interruption install(Bell bell) {
        Interruption interruption = new Interruption();
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            SignalHandling.take(name, () -> {
                interruption.came = true;
                bell.ring();
            });
        }
        return interruption;
    }

    public boolean came() {
        return came;
    }
}
