package dev.cardea.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.Answer;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class RefusedIncludeTest {
    private static final Answer FORBIDDEN = new Answer(403, Map.of());
    private static final Answer LATER = new Answer(401, Map.of());

    private final Map<Object, @Nullable Object> attributes = new HashMap<>();
    private final List<Object> statuses = new ArrayList<>();
    private DispatcherType dispatch = DispatcherType.REQUEST;
    private boolean committed;

    @Test
    @Tag("N22")
    void isTheAnswerToTheRequestOnceTheIncludingDispatchHasReturned() throws Exception {
        RefusedInclude.answer(request(), response());
        assertThat(statuses).as("nothing was refused").isEmpty();

        dispatch = DispatcherType.INCLUDE;
        AnswerWriter.write(FORBIDDEN, request(), response());
        AnswerWriter.write(LATER, request(), response());
        RefusedInclude.answer(request(), response());
        assertThat(statuses).as("inside the include").isEmpty();

        dispatch = DispatcherType.FORWARD;
        RefusedInclude.answer(request(), response());
        assertThat(statuses).containsExactly(403);

        dispatch = DispatcherType.REQUEST;
        RefusedInclude.answer(request(), response());
        assertThat(statuses).as("once").containsExactly(403);
    }

    @Test
    void comesTooLateForAPageThatWasBegunToBeSent() throws Exception {
        dispatch = DispatcherType.INCLUDE;
        AnswerWriter.write(FORBIDDEN, request(), response());
        dispatch = DispatcherType.REQUEST;
        committed = true;

        RefusedInclude.answer(request(), response());

        assertThat(statuses).isEmpty();
    }

    private HttpServletRequest request() {
        return FakeContainer.ofAll(HttpServletRequest.class, (method, arguments) -> switch (method) {
            case "getDispatcherType" -> dispatch;
            case "getAttribute" -> attributes.get(arguments.get(0));
            case "setAttribute" -> attributes.put(arguments.get(0), arguments.get(1));
            case "removeAttribute" -> attributes.remove(arguments.get(0));
            default -> throw new UnsupportedOperationException(method);
        });
    }

    private HttpServletResponse response() {
        return FakeContainer.of(HttpServletResponse.class, (method, argument) -> {
            if (method.equals("setStatus")) {
                statuses.add(argument);
            }
            return method.equals("isCommitted") ? committed : null;
        });
    }
}
