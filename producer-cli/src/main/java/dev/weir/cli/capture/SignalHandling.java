package dev.weir.cli.capture;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * {@code sun.misc.Signal}, the only way to a signal that Java has, by reflection: javac warns of its use and has no switch
 * that says it is meant.
 */
final class SignalHandling {
    private SignalHandling() {}

    /** Runs this whenever the signal comes, unless it was ignored when the process started or the JVM keeps it. */
    static void take(String name, Runnable onArrival) {
        try {
            Class<?> signalType = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Constructor<?> named = signalType.getConstructor(String.class);
            Method handle = signalType.getMethod("handle", signalType, handlerType);
            Object handler = Proxy.newProxyInstance(
                    SignalHandling.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            onArrival.run();
                            return null;
                        }
                        return switch (method.getName()) {
                            case "hashCode" -> name.hashCode();
                            case "equals" -> proxy == arguments[0];
                            default -> name;
                        };
                    });
            Object signal = named.newInstance(name);
            Object before = handle.invoke(null, signal, handler);
            Object ignoring = handlerType.getField("SIG_IGN").get(null);
            if (ignoring.equals(before)) {
                handle.invoke(null, signal, before);
            }
        } catch (InvocationTargetException notHere) {
            // This platform or this JVM has no such signal to give: nobody can send it either.
            return;
        } catch (ReflectiveOperationException changed) {
            throw new IllegalStateException("this Java has no sun.misc.Signal", changed);
        }
    }
}
