package dev.outdial.server.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;

/**
 * SIGTERM, SIGINT and SIGHUP as often as they come: a hook of the virtual machine hears of the first alone. The class behind it is in the module
 * {@code jdk.unsupported} of every JDK and is reached by its name, so that no compiler warns of it.
 */
final class Signals {
    private Signals() {}

    /** Has that run on a thread of its own each time that one of them comes. */
    static void each(Runnable listener) {
        listen(List.of("TERM", "INT"), listener);
    }

    /** The same for SIGHUP. */
    static void hangUp(Runnable listener) {
        listen(List.of("HUP"), listener);
    }

    private static void listen(List<String> names, Runnable listener) {
        for (String name : names) {
            try {
                Class<?> signal = Class.forName("sun.misc.Signal");
                Class<?> handler = Class.forName("sun.misc.SignalHandler");
                InvocationHandler told = (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        listener.run();
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> arguments[0] == proxy;
                    default -> "Signals";
                };
                Object listening = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, told);
                Object unused = signal.getMethod("handle", signal, handler)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), listening);
            } catch (ReflectiveOperationException without) {
                throw new IllegalStateException("this Java does not tell of signals", without);
            }
        }
    }
}
