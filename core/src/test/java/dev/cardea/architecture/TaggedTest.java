package dev.cardea.architecture;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A test that carries tags, read off its source: so the tests of modules that are built after core count as well.
 *
 * @param type the innermost class that it stands in
 * @param tags its own and those of the classes around it
 */
record TaggedTest(String module, String type, String method, Set<String> tags) {

    /** Folders with sources, in the order in which the page names them; the test kit's contracts are main classes. */
    private static final List<String> MODULES = List.of(
            "core",
            "servlet-filter",
            "jaxrs",
            "cdi-extension",
            "bundle",
            "testkit",
            "examples/authorization-server",
            "examples/demo",
            "it");

    private static final Set<String> TESTS =
            Set.of("Test", "ParameterizedTest", "RepeatedTest", "TestFactory", "TestTemplate", "FuzzTest");

    /** In the folder {@code root}, by module, class and method. */
    static List<TaggedTest> in(Path root) throws IOException {
        List<TaggedTest> tests = new ArrayList<>();
        for (String module : MODULES) {
            List<Path> sources = new ArrayList<>();
            try (Stream<Path> files = Files.walk(root.resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    if (Files.readString(file).contains("@Tag(")) {
                        sources.add(file);
                    }
                }
            }
            tests.addAll(parsed(module, sources));
        }
        return tests;
    }

    static List<TaggedTest> parsed(String module, Collection<Path> sources) throws IOException {
        if (sources.isEmpty()) {
            return List.of();
        }
        List<TaggedTest> tests = new ArrayList<>();
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            Iterable<? extends JavaFileObject> units = files.getJavaFileObjectsFromPaths(sources);
            JavacTask task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(module, tests).scan(unit, null);
            }
        }
        tests.sort(Comparator.comparing(TaggedTest::type).thenComparing(TaggedTest::method));
        return tests;
    }

    boolean has(String tag) {
        return tags.contains(tag);
    }

    /** Keeps what the classes around a method say. */
    private static final class Reader extends TreeScanner<Void, Void> {
        private final String module;
        private final List<TaggedTest> tests;
        private String type = "";
        private Set<String> inherited = Set.of();
        private boolean disabled;

        Reader(String module, List<TaggedTest> tests) {
            this.module = module;
            this.tests = tests;
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            String outerType = type;
            Set<String> outerTags = inherited;
            boolean outerDisabled = disabled;
            type = tree.getSimpleName().toString();
            inherited = with(tree.getModifiers());
            disabled |= has(tree.getModifiers(), Set.of("Disabled"));
            super.visitClass(tree, nothing);
            type = outerType;
            inherited = outerTags;
            disabled = outerDisabled;
            return null;
        }

        @Override
        public Void visitMethod(MethodTree tree, Void nothing) {
            Set<String> tags = with(tree.getModifiers());
            boolean runs =
                    has(tree.getModifiers(), TESTS) && !disabled && !has(tree.getModifiers(), Set.of("Disabled"));
            if (runs && !tags.isEmpty()) {
                tests.add(new TaggedTest(module, type, tree.getName().toString(), tags));
            }
            return null;
        }

        private Set<String> with(ModifiersTree modifiers) {
            Set<String> tags = new TreeSet<>(inherited);
            for (AnnotationTree annotation : modifiers.getAnnotations()) {
                if (annotation.getAnnotationType().toString().equals("Tag")) {
                    new TreeScanner<Void, Void>() {
                        @Override
                        public Void visitLiteral(LiteralTree literal, Void nothing) {
                            return tags.add((String) literal.getValue()) ? nothing : null;
                        }
                    }.scan(annotation.getArguments(), null);
                }
            }
            return tags;
        }

        private static boolean has(ModifiersTree modifiers, Set<String> names) {
            return modifiers.getAnnotations().stream()
                    .anyMatch(annotation ->
                            names.contains(annotation.getAnnotationType().toString()));
        }
    }
}
