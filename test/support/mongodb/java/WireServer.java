import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.MongoCollection;
import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import de.bwaldvogel.mongo.backend.CollectionOptions;
import de.bwaldvogel.mongo.backend.CursorRegistry;
import de.bwaldvogel.mongo.backend.FilterMatcher;
import de.bwaldvogel.mongo.backend.IdFirstIndex;
import de.bwaldvogel.mongo.backend.Index;
import de.bwaldvogel.mongo.backend.IndexKey;
import de.bwaldvogel.mongo.backend.WholeReadsCollection;
import de.bwaldvogel.mongo.backend.WholeReadsOnFile;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import de.bwaldvogel.mongo.backend.h2.H2Database;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryCollection;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;
import java.io.IOException;
import java.util.List;
import org.h2.mvstore.MVStore;

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

  private static final class InMemory extends MemoryBackend {
    @Override
    public MemoryDatabase openOrCreateDatabase(String name) {
      CursorRegistry cursors = getCursorRegistry();
      return new MemoryDatabase(name, cursors) {
        @Override
        protected MemoryCollection openOrCreateCollection(String name, CollectionOptions options) {
          return FilterMatcher.in(new WholeReadsCollection(this, name, options, cursors));
        }

        @Override
        protected Index<Integer> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
          return idFirst(super.openOrCreateUniqueIndex(collection, name, keys, sparse));
        }
      };
    }
  }

  private static final class OnFile extends H2Backend {
    private OnFile(String file) {
      // A thread of a connection that closes may be interrupted while it writes, which closes the file for everybody.
      super("retry:" + file);
    }

    @Override
    protected MongoDatabase openOrCreateDatabase(String name) {
      MVStore store = getMvStore();
      CursorRegistry cursors = getCursorRegistry();
      return new H2Database(name, store, cursors) {
        @Override
        protected MongoCollection<Object> openOrCreateCollection(
            String name, CollectionOptions options) {
          return FilterMatcher.in(new WholeReadsOnFile(this, name, options, store, cursors));
        }

        @Override
        protected Index<Object> openOrCreateUniqueIndex(
            String collection, String name, List<IndexKey> keys, boolean sparse) {
          return idFirst(super.openOrCreateUniqueIndex(collection, name, keys, sparse));
        }
      };
    }
  }

  private static <P> Index<P> idFirst(Index<P> index) {
    boolean isOfId = index.getKeys().stream().allMatch(key -> key.getKey().equals("_id"));
    return isOfId ? new IdFirstIndex<>(index) : index;
  }

  private WireServer() {}

  public static void main(String[] arguments) throws IOException {
    MongoBackend backend =
        arguments.length > 1
            ? new OnFile(arguments[1]).version(new Announced())
            : new InMemory().version(new Announced());
    MongoServer server = new MongoServer(backend);
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
