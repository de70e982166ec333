package dev.cardea.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.properties.HasModifiers;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A type in a public signature is a promise; one from another package, or one that the bundle relocates, is a promise that we
 * did not mean to make.
 */
final class PublicApi {

    private PublicApi() {}

    static ArchRule mentionsOnlyItself(String... apiPackages) {
        return classes().that().resideInAnyPackage(apiPackages).should(mentionOnly(Set.of(apiPackages)));
    }

    private static ArchCondition<JavaClass> mentionOnly(Set<String> apiPackages) {
        return new ArchCondition<>("mention only java.* and " + apiPackages + " in public and protected signatures") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!isReachable(type)) {
                    return;
                }
                mentions(type)
                        .filter(mention -> !isAllowed(mention.type(), apiPackages))
                        .map(mention ->
                                mention.where() + " mentions " + mention.type().getName())
                        .distinct()
                        .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
            }
        };
    }

    private record Mention(String where, JavaClass type) {}

    private static Stream<Mention> mentions(JavaClass type) {
        List<Mention> mentions = new ArrayList<>();
        type.getSuperclass().ifPresent(parent -> add(mentions, type.getName(), parent));
        type.getInterfaces().forEach(parent -> add(mentions, type.getName(), parent));
        type.getTypeParameters().forEach(parameter -> add(mentions, type.getName(), parameter));
        for (JavaMember member : type.getMembers()) {
            if (!isVisible(member)) {
                continue;
            }
            add(mentions, member.getFullName(), genericType(member));
            if (member instanceof JavaCodeUnit unit) {
                unit.getParameterTypes().forEach(parameter -> add(mentions, unit.getFullName(), parameter));
                unit.getTypeParameters().forEach(parameter -> add(mentions, unit.getFullName(), parameter));
                unit.getExceptionTypes().forEach(thrown -> add(mentions, unit.getFullName(), thrown));
            }
        }
        return mentions.stream();
    }

    private static JavaType genericType(JavaMember member) {
        return member instanceof JavaCodeUnit unit ? unit.getReturnType() : ((JavaField) member).getType();
    }

    private static void add(List<Mention> mentions, String where, JavaType type) {
        type.getAllInvolvedRawTypes().forEach(raw -> mentions.add(new Mention(where, raw)));
    }

    private static boolean isAllowed(JavaClass type, Set<String> apiPackages) {
        JavaClass element = type.getBaseComponentType();
        return element.isPrimitive()
                || element.getPackageName().startsWith("java.")
                || (apiPackages.contains(element.getPackageName()) && isReachable(element));
    }

    /** Package-private types may mention anything, but then no signature may mention them. */
    private static boolean isReachable(JavaClass type) {
        return isVisible(type)
                && type.getEnclosingClass().map(PublicApi::isReachable).orElse(true);
    }

    private static boolean isVisible(HasModifiers item) {
        Set<JavaModifier> modifiers = item.getModifiers();
        return !modifiers.contains(JavaModifier.SYNTHETIC)
                && (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
    }
}
