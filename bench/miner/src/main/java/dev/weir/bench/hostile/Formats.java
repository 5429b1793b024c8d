package dev.weir.bench.hostile;

import dev.weir.bench.hostile.Hostile.Lines;

/** Several ways to write a log, one line each in turn, with new values and now and then a new word. */
record Formats(long number) implements Lines {
    @Override
    public int longest() {
        return 512;
    }

    @Override
    public int write(long i, byte[] to, int at) {
        long x = Kinds.mixed(i);
        String n = Long.toString(x >>> 44);
        String w = "w" + (x >>> 58);
        String line = switch ((int) (i % 9)) {
            case 0 -> "2025-03-04 08:15:00,123 INFO  [main] org.example.Api - served " + n + " to " + w;
            case 1 -> "{\"level\":30,\"time\":1741078800123,\"msg\":\"served " + n + "\",\"to\":\"" + w + "\"}";
            case 2 -> "ts=2025-03-04T08:15:00Z level=warn msg=\"queue is long\" depth=" + n + " name=" + w;
            case 3 -> "Mar  4 08:15:00 web-03 sshd[" + n + "]: Failed password for " + w + " port " + n;
            case 4 -> "I0304 08:15:00.123456    4711 kubelet.go:2199] pod " + w + " took " + n + "ms";
            case 5 -> "10.0.0.1 - - [04/Mar/2025:08:15:00 +0000] \"GET /" + w + " HTTP/1.1\" 200 " + n;
            case 6 -> "java.lang.IllegalStateException: no " + w + " for " + n;
            case 7 -> "\tat org.example.Api." + w + "(Api.java:" + n + ")";
            default -> "\u001b[32mINFO\u001b[0m  compiled " + w + " in " + n + "ms\rdone " + n;
        };
        return Kinds.put(line, to, at);
    }
}
