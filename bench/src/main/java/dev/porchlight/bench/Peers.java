package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The servers to measure beside Porchlight, as far as this machine can run them. */
final class Peers {
  /** All that there are, in the order of the table. */
  static final List<String> NAMES = List.of("floor", "uring", "floor-co", "node", "fastapi", "nchan", "nats");

  /** It does not broadcast what comes as it is: clients and publisher speak its own protocol. */
  static final String NATS = "nats";

  private static final Path NCHAN_MODULE = Path.of("/usr/lib/nginx/modules/ngx_nchan_module.so");
  private static final Duration INSTALL_LIMIT = Duration.ofMinutes(3);
  private static final Duration LOOK_LIMIT = Duration.ofSeconds(20);

  private final Workshop workshop;
  private final Consumer<String> complaints;

  /** @param complaints is told in a line for people what is left out, and why */
  Peers(Workshop workshop, Consumer<String> complaints) {
    this.workshop = workshop;
    this.complaints = complaints;
  }

  /** Those of these names that can be run here. */
  List<Peer> find(List<String> names) throws IOException, InterruptedException {
    var found = new ArrayList<Peer>();
    for (String name : names) {
      try {
        found.add(new Peer(name, command(name)));
      } catch (BenchException e) {
        complaints.accept("without " + name + ": " + e.getMessage());
      }
    }
    return found;
  }

  private List<String> command(String name) throws IOException, InterruptedException {
    return switch (name) {
      case "floor" -> List.of(floor(), "PORT", "epoll");
      case "floor-co" -> List.of(floor(), "PORT", "epoll", "co");
      case "uring" -> List.of(floorWithUring(), "PORT", "uring");
      case "node" -> node();
      case "fastapi" -> fastapi();
      case "nchan" -> nchan();
      case NATS -> nats();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private String floor() throws IOException, InterruptedException {
    return workshop.compile("floor", "floor", List.of("-lcrypto")).toString();
  }

  private String floorWithUring() throws IOException, InterruptedException {
    return workshop.compile("floor", "floor-uring", List.of("-DWITH_URING", "-luring", "-lcrypto")).toString();
  }

  private List<String> node() throws IOException, InterruptedException {
    if (!Command.exists("node")) {
      throw new BenchException("there is no Node (Debian: apt install nodejs npm)");
    }
    Path folder = Files.createDirectories(workshop.folder().resolve("node"));
    for (String file : List.of("node_ws.js", "package.json")) {
      Files.copy(workshop.sources().resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(folder.resolve("node_modules/ws/package.json"))) {
      if (!Command.exists("npm")) {
        throw new BenchException("the package ws is not there, and npm is not either (Debian: apt install npm)");
      }
      complaints.accept("fetching the npm package ws ...");
      String complaint = Command.complaintOf(
          List.of("npm", "install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"), folder,
          INSTALL_LIMIT);
      if (!complaint.isEmpty()) {
        throw new BenchException("npm install failed: " + complaint);
      }
    }
    return List.of("node", folder.resolve("node_ws.js").toString(), "PORT");
  }

  private List<String> fastapi() throws IOException, InterruptedException {
    // The system's first: that is where a distribution's packages are.
    for (String python : List.of("/usr/bin/python3", "python3")) {
      boolean isThere = python.startsWith("/") ? Files.isExecutable(Path.of(python)) : Command.exists(python);
      if (isThere && Command.complaintOf(List.of(python, "-c", "import fastapi, uvicorn, websockets"),
          workshop.folder(), LOOK_LIMIT).isEmpty()) {
        return List.of(python, "-m", "uvicorn", "fastapi_app:app", "--app-dir", workshop.sources().toString(), "--host",
            "127.0.0.1", "--port", "PORT", "--log-level", "warning");
      }
    }
    throw new BenchException(
        "no Python has fastapi, uvicorn and websockets (Debian: apt install python3-fastapi python3-uvicorn "
            + "python3-websockets)");
  }

  private List<String> nats() {
    if (!Command.exists("nats-server")) {
      throw new BenchException("there is no NATS server (Debian: apt install nats-server)");
    }
    return List.of("sh", workshop.sources().resolve("nats.sh").toString(), "PORT");
  }

  private List<String> nchan() {
    if (!Command.exists("nginx") || !Files.exists(NCHAN_MODULE)) {
      throw new BenchException("there is no nginx with nchan (Debian: apt install nginx-light libnginx-mod-nchan)");
    }
    return List.of("sh", workshop.sources().resolve("nchan.sh").toString(), "PORT", NCHAN_MODULE.toString());
  }
}
