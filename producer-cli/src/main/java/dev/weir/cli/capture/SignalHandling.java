package dev.weir.cli.capture;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * {@code sun.misc.Signal}, the only way to a signal that Java has, by reflection: javac warns of its use and has no switch
 * that says it is meant.
 */
final class SignalHandling {
    private SignalHandling() {}

    /** Runs this whenever the signal comes, unless it was ignored when the process started or the JVM keeps it. */
    static void take(String name, Runnable onArrival) {
        Object before = set(name, handler(name, onArrival));
        if (before != null && before.equals(constant("SIG_IGN"))) {
            set(name, before);
        }
    }

    /** While this is done, the signal does to this process what it does to one that takes no notice of it. */
    static void byDefault(String name, Runnable meanwhile) {
        Object before = set(name, constant("SIG_DFL"));
        try {
            meanwhile.run();
        } finally {
            if (before != null) {
                set(name, before);
            }
        }
    }

    private static Object handler(String name, Runnable onArrival) {
        return Proxy.newProxyInstance(
                SignalHandling.class.getClassLoader(), new Class<?>[] {handlerType()}, (proxy, method, arguments) -> {
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
    }

    private static Class<?> handlerType() {
        try {
            return Class.forName("sun.misc.SignalHandler");
        } catch (ClassNotFoundException changed) {
            throw changed(changed);
        }
    }

    private static Object constant(String name) {
        try {
            return handlerType().getField(name).get(null);
        } catch (ReflectiveOperationException changed) {
            throw changed(changed);
        }
    }

    /** The handler before; null where this platform or this JVM has no such signal to give: then nobody can send it either. */
    private static @Nullable Object set(String name, Object handler) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Method handle = signal.getMethod("handle", signal, handlerType());
            return handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (InvocationTargetException notHere) {
            return null;
        } catch (ReflectiveOperationException changed) {
            throw changed(changed);
        }
    }

    private static IllegalStateException changed(ReflectiveOperationException how) {
        return new IllegalStateException("this Java has no sun.misc.Signal", how);
    }
}
