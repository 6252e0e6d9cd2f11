package dev.outdial.dialer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares what users can see of the engine with a file that is changed on purpose only. */
class ApiTest {
    private static final Path CLASSES = Path.of("target", "classes");
    private static final Path KNOWN = Path.of("src", "test", "resources", "api.txt");

    @Test
    void thePublicSurfaceChangesOnPurposeOnly() throws IOException, ClassNotFoundException {
        List<String> surface = surface();
        assertThat(surface).hasSizeGreaterThan(100);
        if (Boolean.getBoolean("outdial.api.write")) {
            Files.write(KNOWN, surface);
        }
        assertThat(surface).isEqualTo(Files.readAllLines(KNOWN));
    }

    private static List<String> surface() throws IOException, ClassNotFoundException {
        List<String> names;
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev"))) {
            names = files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    // dialer.call is the engine's inside, public only for the package above it
                    .filter(file -> !file.replace('\\', '/').startsWith("dev/outdial/dialer/call/"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replaceAll("[/\\\\]", "."))
                    .sorted()
                    .toList();
        }
        List<String> lines = new ArrayList<>();
        for (String name : names) {
            Class<?> type = Class.forName(name);
            if (visible(type)) {
                lines.add(Modifier.toString(type.getModifiers() & ~(Modifier.INTERFACE | Modifier.ABSTRACT)) + " "
                        + kind(type) + " " + name);
                members(type).sorted().map(member -> "    " + member).forEach(lines::add);
            }
        }
        return lines;
    }

    private static Stream<String> members(Class<?> type) {
        Stream<String> fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> shown(field.getModifiers()) && !field.isSynthetic())
                .map(ApiTest::field);
        Stream<String> constructors = Arrays.stream(type.getDeclaredConstructors())
                .filter(constructor -> shown(constructor.getModifiers()))
                .map(ApiTest::constructor);
        Stream<String> methods = Arrays.stream(type.getDeclaredMethods())
                .filter(method -> shown(method.getModifiers()) && !method.isSynthetic() && !isObjects(method))
                .map(ApiTest::method);
        return Stream.of(fields, constructors, methods).flatMap(member -> member);
    }

    /** What every class has is no news. */
    private static boolean isObjects(Method method) {
        return switch (method.getName()) {
            case "equals", "hashCode", "toString" -> true;
            default -> false;
        };
    }

    private static String field(Field field) {
        return Modifier.toString(field.getModifiers()) + " "
                + field.getGenericType().getTypeName() + " " + field.getName();
    }

    private static String constructor(Constructor<?> constructor) {
        return Modifier.toString(constructor.getModifiers()) + " new" + parameters(constructor);
    }

    private static String method(Method method) {
        return Modifier.toString(method.getModifiers()) + " "
                + method.getGenericReturnType().getTypeName() + " " + method.getName() + parameters(method);
    }

    private static String parameters(Executable executable) {
        String thrown = Arrays.stream(executable.getExceptionTypes())
                .map(Class::getName)
                .collect(Collectors.joining(", "));
        return Arrays.stream(executable.getGenericParameterTypes())
                        .map(java.lang.reflect.Type::getTypeName)
                        .collect(Collectors.joining(", ", "(", ")"))
                + (thrown.isEmpty() ? "" : " throws " + thrown);
    }

    private static boolean visible(Class<?> type) {
        return shown(type.getModifiers()) && (type.getEnclosingClass() == null || visible(type.getEnclosingClass()));
    }

    private static boolean shown(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String kind(Class<?> type) {
        return type.isRecord() ? "record" : type.isEnum() ? "enum" : type.isInterface() ? "interface" : "class";
    }
}
