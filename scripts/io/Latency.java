import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;

/**
 * Prints how many milliseconds a single request takes, with the median of 31, one after the
 * other on one connection. Whatever the server answers, also that it must not: its answer came.
 */
class Latency {
    private static final int REQUESTS = 31;

    static void main(String[] args) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0])).build();
        try (HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            // Connects, and loads classes.
            client.send(request, BodyHandlers.discarding());
            long[] nanos = new long[REQUESTS];
            for (int i = 0; i < REQUESTS; i++) {
                long start = System.nanoTime();
                client.send(request, BodyHandlers.discarding());
                nanos[i] = System.nanoTime() - start;
            }
            Arrays.sort(nanos);
            System.out.printf(Locale.ROOT, "%.1f%n", nanos[REQUESTS / 2] / 1e6);
        }
    }
}
