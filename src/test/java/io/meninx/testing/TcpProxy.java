package io.meninx.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A piece of network that a test can break: takes connections on a loopback port of its own and
 * passes on what comes, byte by byte, to a target that may not be there yet.
 */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER = 64 * 1024;

  private final Supplier<InetSocketAddress> target;
  private final int port;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Object turn = new Object();
  private Optional<ServerSocket> server;
  private boolean stalled;
  private boolean closed;

  /** Listens at once; asks for the target whenever somebody connects. */
  public TcpProxy(Supplier<InetSocketAddress> target) {
    this.target = target;
    ServerSocket first = listening(0);
    this.port = first.getLocalPort();
    this.server = Optional.of(first);
    accept(first);
  }

  /** Where it listens, the same for its whole life. */
  public int port() {
    return port;
  }

  /**
   * From now on nothing passes, and nobody is told: what was sent waits and is delivered when the
   * network heals, late, as TCP does.
   */
  public void stall() {
    synchronized (turn) {
      stalled = true;
    }
  }

  /** From now on connections are refused, and those there are break. */
  public void refuse() {
    synchronized (turn) {
      server.ifPresent(TcpProxy::close);
      server = Optional.empty();
      sockets.forEach(TcpProxy::close);
    }
  }

  /** Everything passes again. */
  public void heal() {
    synchronized (turn) {
      stalled = false;
      turn.notifyAll();
      if (server.isEmpty() && !closed) {
        ServerSocket next = listening(port);
        server = Optional.of(next);
        accept(next);
      }
    }
  }

  @Override
  public void close() {
    synchronized (turn) {
      closed = true;
      stalled = false;
      turn.notifyAll();
    }
    refuse();
  }

  private static ServerSocket listening(int port) {
    try {
      ServerSocket socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return socket;
    } catch (IOException e) {
      throw new UncheckedIOException("the proxy can't listen", e);
    }
  }

  private void accept(ServerSocket from) {
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  Socket client = from.accept();
                  Thread.ofVirtual().start(() -> connect(client));
                }
              } catch (IOException _) {
                // Closed: nobody is let in any more.
              }
            });
  }

  private void connect(Socket client) {
    sockets.add(client);
    @Nullable Socket other = null;
    try {
      awaitTurn();
      other = new Socket();
      sockets.add(other);
      other.connect(target.get());
      client.setTcpNoDelay(true);
      other.setTcpNoDelay(true);
      Socket there = other;
      Thread.ofVirtual().start(() -> pump(there, client));
      pump(client, there);
    } catch (IOException | InterruptedException _) {
      close(client);
      sockets.remove(client);
      if (other != null) {
        close(other);
        sockets.remove(other);
      }
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] buffer = new byte[BUFFER];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        awaitTurn();
        out.write(buffer, 0, read);
        out.flush();
      }
    } catch (IOException | InterruptedException _) {
      // One side is gone, so the other goes too.
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void awaitTurn() throws InterruptedException {
    synchronized (turn) {
      while (stalled) {
        turn.wait();
      }
    }
  }

  private static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception _) {
      // It is gone then.
    }
  }
}
