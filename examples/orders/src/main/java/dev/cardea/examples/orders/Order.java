package dev.cardea.examples.orders;

import jakarta.json.Json;
import jakarta.json.JsonObject;

/**
 * One order.
 *
 * @param quantity at least 1
 * @param orderedBy the client whose token the order came with
 */
record Order(long id, String item, int quantity, String orderedBy) {

    JsonObject toJson() {
        return Json.createObjectBuilder()
                .add("id", id)
                .add("item", item)
                .add("quantity", quantity)
                .add("orderedBy", orderedBy)
                .build();
    }

    /** What a client may say about an order: neither its id nor whose it is. */
    record Draft(String item, int quantity) {

        /** @throws IllegalArgumentException saying what is wrong with the JSON */
        static Draft of(JsonObject json) {
            String item = json.getString("item", "");
            if (item.isBlank() || item.length() > 100) {
                throw new IllegalArgumentException("\"item\" must be a text of 1 to 100 characters");
            }
            int quantity = json.getInt("quantity", 0);
            if (quantity < 1) {
                throw new IllegalArgumentException("\"quantity\" must be a number from 1");
            }
            return new Draft(item, quantity);
        }
    }
}
