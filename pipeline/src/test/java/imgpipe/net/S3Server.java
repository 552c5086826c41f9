package imgpipe.net;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import org.slf4j.LoggerFactory;

/**
 * An S3 server on this machine, for tests: S3Proxy on 127.0.0.1 with one bucket, and with
 * credentials that are others at each start.
 */
public final class S3Server implements AutoCloseable {
    /** The bucket that is there from the start. */
    public static final String BUCKET = "pictures";

    private static final SecureRandom RANDOM = new SecureRandom();

    private final String accessKey = "test" + hex(8);
    private final String secretKey = hex(20);
    private final BlobStore objects;
    private final S3Proxy proxy;

    private S3Server(BlobStore objects) throws Exception {
        quieten();
        this.objects = objects;
        if (!objects.containerExists(BUCKET)) {
            objects.createContainer(BUCKET);
        }
        proxy =
                S3Proxy.builder()
                        .blobStore(objects)
                        .endpoint(URI.create("http://127.0.0.1:0"))
                        .awsAuthentication(AuthenticationType.AWS_V4, accessKey, secretKey)
                        .stopTimeout(0)
                        .build();
        proxy.start();
    }

    /** One that keeps its objects in memory. */
    public static S3Server inMemory() throws Exception {
        return new S3Server(new TransientNio2BlobStore());
    }

    /**
     * One whose buckets are the folders in this one and whose objects are the files below them;
     * files that are there already are objects too.
     */
    public static S3Server over(Path folder) throws Exception {
        return new S3Server(
                new FilesystemNio2BlobStore(folder.toAbsolutePath().normalize().toString()));
    }

    /** The one that all tests of this JVM may use, in memory, each below a prefix of its own. */
    public static S3Server shared() {
        return Shared.SERVER;
    }

    /** Where it listens. */
    public String endpoint() {
        return "http://127.0.0.1:" + proxy.getPort();
    }

    /** Who may do everything. */
    public String accessKey() {
        return accessKey;
    }

    /** What proves it. */
    public String secretKey() {
        return secretKey;
    }

    /** Looks into the server past the network. */
    public BlobStore objects() {
        return objects;
    }

    @Override
    public void close() {
        try {
            proxy.stop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("the S3 server does not stop", e);
        }
        objects.close();
    }

    /**
     * Runs until its input ends. Prints four lines: the endpoint, the access key, the secret key
     * and the bucket.
     *
     * @param arguments a folder for {@link #over}; without one the objects are kept in memory
     */
    public static void main(String[] arguments) throws Exception {
        try (S3Server server =
                arguments.length == 0
                        ? inMemory()
                        : over(Files.createDirectories(Path.of(arguments[0])))) {
            PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
            out.println(server.endpoint());
            out.println(server.accessKey());
            out.println(server.secretKey());
            out.println(BUCKET);
            while (System.in.read() >= 0) {
                // Whoever started it is there.
            }
        }
    }

    /** It tells of every request at the level that Logback has by itself. */
    private static void quieten() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            for (String name : new String[] {"org.gaul", "software.amazon", "org.apache.hc"}) {
                logs.getLogger(name).setLevel(Level.WARN);
            }
        }
    }

    private static String hex(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** Ends with the JVM. */
    private static final class Shared {
        static final S3Server SERVER = start();

        private static S3Server start() {
            try {
                return inMemory();
            } catch (Exception e) {
                throw new IllegalStateException("the S3 server does not start", e);
            }
        }
    }
}
