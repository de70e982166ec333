package dev.cardea.http;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Reads a body up to a number of bytes; with the first byte beyond it, reading ends and the connection is given up. */
final class BoundedBody implements BodyHandler<byte[]> {
    private final int maxBytes;
    private volatile boolean begun;

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Whether the head of an answer has come. */
    boolean hasBegun() {
        return begun;
    }

    @Override
    public BodySubscriber<byte[]> apply(ResponseInfo head) {
        begun = true;
        return new Collector(maxBytes);
    }

    /** The answer is larger than the call allows. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** Its methods are called one after another (Reactive Streams 1.3). */
    private static final class Collector implements BodySubscriber<byte[]> {
        private final CompletableFuture<byte[]> body = new CompletableFuture<>();
        private final int maxBytes;
        private byte[] bytes = new byte[1024];
        private int length;
        private Flow.@Nullable Subscription subscription;

        Collector(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return body;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            if (subscription != null) {
                given.cancel();
                return;
            }
            subscription = given;
            given.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(List<ByteBuffer> buffers) {
            for (ByteBuffer buffer : buffers) {
                if (body.isDone()) {
                    return;
                }
                add(buffer);
            }
        }

        private void add(ByteBuffer buffer) {
            int count = buffer.remaining();
            if (count > maxBytes - length) {
                if (subscription != null) {
                    subscription.cancel();
                }
                bytes = new byte[0];
                body.completeExceptionally(new TooLargeException());
                return;
            }
            if (length + count > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(maxBytes, 2 * bytes.length)));
            }
            buffer.get(bytes, length, count);
            length += count;
        }

        @Override
        public void onError(Throwable failure) {
            body.completeExceptionally(failure);
        }

        @Override
        public void onComplete() {
            body.complete(Arrays.copyOf(bytes, length));
        }
    }
}
