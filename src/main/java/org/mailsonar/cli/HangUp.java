package org.mailsonar.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * The signal by which administrators ask a long-running program to read its configuration again. Java has no supported way to get
 * one; {@code sun.misc.Signal} of the module jdk.unsupported is what everybody uses, by reflection here, since a mention of it in
 * the source is a warning that cannot be silenced.
 */
final class HangUp {

    private HangUp() {}

    /**
     * Does this on each SIGHUP from now on, instead of ending the process.
     *
     * @param action is run on a thread of its own; short
     * @return false where there is no such signal (Windows) or it cannot be had; then nothing is changed
     */
    static boolean onSignal(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    HangUp.class.getClassLoader(),
                    new Class<?>[] {handlerType},
                    (proxy, method, arguments) -> answer(proxy, method, arguments, action));
            Object hangUp = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handlerType).invoke(null, hangUp, handler);
            return true;
        } catch (InvocationTargetException noSuchSignal) {
            return false;
        } catch (ReflectiveOperationException otherJava) {
            return false;
        }
    }

    @SuppressWarnings("ReferenceEquality") // this is what equals means of a proxy
    private static Object answer(Object proxy, Method method, Object[] arguments, Runnable action) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield 0; // ignored, as the method gives nothing
            }
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            default -> "reads the configuration again";
        };
    }
}
