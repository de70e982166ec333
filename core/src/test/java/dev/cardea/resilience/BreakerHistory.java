package dev.cardea.resilience;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cardea.resilience.CircuitBreaker.Permit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Random calls of two breakers that must not differ. */
final class BreakerHistory {
    private record Call(Permit permit, int number) {}

    private final CircuitBreaker fast;
    private final ObviousBreaker slow;
    private final List<Call> underWay = new ArrayList<>();
    private long now;

    BreakerHistory(CircuitBreaker fast, ObviousBreaker slow) {
        this.fast = fast;
        this.slow = slow;
    }

    void step(Random random) {
        now += random.nextInt(5);
        if (underWay.isEmpty() || random.nextInt(10) < 5) {
            begin();
        } else {
            ObviousBreaker.Outcome outcome = ObviousBreaker.Outcome.values()[random.nextInt(3)];
            end(underWay.remove(random.nextInt(underWay.size())), outcome);
        }
        assertThat(fast.read().state().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .isEqualTo(slow.state());
    }

    private void begin() {
        int number = slow.begin(now);
        try {
            underWay.add(new Call(fast.acquire(now), number));
            assertThat(number).isPositive();
        } catch (NotAdmittedException e) {
            assertThat(number).isEqualTo(-1);
        }
    }

    private void end(Call call, ObviousBreaker.Outcome outcome) {
        boolean turned =
                switch (outcome) {
                    case SUCCESS -> call.permit.succeeded();
                    case FAILURE -> call.permit.failed(now);
                    case NONE -> {
                        call.permit.close();
                        yield false;
                    }
                };
        assertThat(turned).isEqualTo(slow.end(call.number, outcome, now));
    }
}
