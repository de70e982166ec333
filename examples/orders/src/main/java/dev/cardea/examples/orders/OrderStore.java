package dev.cardea.examples.orders;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** The orders, in memory and for as long as the application runs. */
@ApplicationScoped
public class OrderStore {
    private final AtomicLong lastId = new AtomicLong();
    private final List<Order> orders = new CopyOnWriteArrayList<>();

    Order place(Order.Draft draft, String orderedBy) {
        Order order = new Order(lastId.incrementAndGet(), draft.item(), draft.quantity(), orderedBy);
        orders.add(order);
        return order;
    }

    List<Order> all() {
        return List.copyOf(orders);
    }
}
