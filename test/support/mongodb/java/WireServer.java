import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.AbstractMongoBackend;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.io.IOException;
import java.util.List;

/**
 * A server that speaks MongoDB's wire protocol: {@code WireServer <port, 0 for any> [file]}, in memory unless a file is
 * named. Prints its port, and ends when its standard input does, so that it never outlives whoever started it.
 */
public final class WireServer {
  /** What the driver asks of a server. The library's own announces less than it can do, and is refused. */
  private static final class Announced implements MongoVersion {
    @Override
    public List<Integer> getVersionArray() {
      return List.of(5, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 13;
    }
  }

  private WireServer() {}

  public static void main(String[] arguments) throws IOException {
    AbstractMongoBackend backend =
        arguments.length > 1 ? new H2Backend(arguments[1]) : new MemoryBackend();
    MongoServer server = new MongoServer(backend.version(new Announced()));
    server.bind("127.0.0.1", Integer.parseInt(arguments[0]));
    // Runs on SIGTERM too; an H2 file is whole only after it.
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    System.out.println("port " + server.getLocalAddress().getPort());
    while (System.in.read() >= 0) {
      // Whatever is said means go on.
    }
    System.exit(0);
  }
}
