package io.meninx.topology;

import io.meninx.guideline.Guideline;
import io.meninx.topology.Outbox.Message;
import io.meninx.wire.AlertCloudEvents;
import io.meninx.wire.OutputWriter;
import io.meninx.wire.Topic;
import io.meninx.wire.registry.Patience;
import io.meninx.wire.registry.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * The one processor: hands each record to the {@link PartitionTask}, then writes what came of it,
 * stores first, outputs after (invariant 7). An exception from here stops the thread and aborts the
 * transaction, so nothing is skipped and nothing half done.
 */
final class DecisionProcessor implements Processor<byte[], byte[], byte[], Output> {
  /** By which readers know a CloudEvent in structured form. */
  private static final List<Header> CLOUD_EVENT =
      List.of(
          new RecordHeader(
              "content-type", AlertCloudEvents.CONTENT_TYPE.getBytes(StandardCharsets.UTF_8)));

  private final TopologySettings settings;
  private @Nullable Session session;

  DecisionProcessor(TopologySettings settings) {
    this.settings = settings;
  }

  /** What there is once the processor has its context. */
  private record Session(
      ProcessorContext<byte[], Output> context,
      Tables tables,
      Outbox outbox,
      PartitionTask task,
      ForeignDecoder foreign) {}

  @Override
  public void init(ProcessorContext<byte[], Output> context) {
    WireFormat wire = new WireFormat(settings.registry(), settings.prefix());
    Failures.ofWork(wire::prepare);
    Guideline guideline = settings.engine().guideline();
    int partition = context.taskId().partition();
    Tables tables = new Tables(context::getStateStore, partition, settings.partitions());
    Outbox outbox =
        new Outbox(
            new OutputWriter(guideline.id(), guideline.version()),
            wire,
            settings
                .cloudEvents()
                .map(
                    source ->
                        new AlertCloudEvents(
                            source, settings.prefix(), guideline.id(), guideline.version())));
    ForeignDecoder foreign =
        new ForeignDecoder(settings.serdes(), settings.prefix(), Patience.USUAL);
    PartitionTask task =
        new PartitionTask(
            settings, partition, tables, outbox, new InputReader(settings, wire, foreign));
    session = new Session(context, tables, outbox, task, foreign);
    // Only a pump: it goes on with work that is due by the last tick, and never looks at the time
    // it is given.
    context.schedule(settings.pumpInterval(), PunctuationType.WALL_CLOCK_TIME, _ -> pump());
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    Session open = session();
    InputRecord input = input(open.context(), record);
    Failures.on(input, () -> open.task().accept(input));
    write(open);
  }

  @Override
  public void close() {
    if (session != null) {
      session.foreign().close();
    }
  }

  private void pump() {
    Session open = session();
    Failures.ofWork(open.task()::pump);
    write(open);
  }

  private void write(Session open) {
    open.tables().flush();
    int partition = open.context().taskId().partition();
    for (Message message : open.outbox().take()) {
      Record<byte[], Output> record =
          new Record<>(
              message.key(), new Output(partition, message.value()), open.task().timestamp());
      open.context().forward(record, Names.sink(message.topic()));
      message
          .cloudEvent()
          .ifPresent(
              event ->
                  open.context()
                      .forward(
                          new Record<>(
                              message.key(),
                              new Output(partition, event),
                              open.task().timestamp(),
                              new RecordHeaders(CLOUD_EVENT)),
                          Names.CLOUD_EVENTS));
    }
  }

  private InputRecord input(
      ProcessorContext<byte[], Output> context, Record<byte[], byte[]> record) {
    RecordMetadata metadata =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("A record has no coordinates"));
    Topic topic =
        Topic.of(settings.prefix(), metadata.topic())
            .orElseThrow(
                () -> new IllegalStateException("A record comes from a topic nobody reads"));
    List<InputRecord.Header> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      headers.add(new InputRecord.Header(header.key(), header.value()));
    }
    return new InputRecord(
        topic,
        metadata.partition(),
        metadata.offset(),
        record.timestamp(),
        record.key(),
        record.value(),
        headers);
  }

  private Session session() {
    if (session == null) {
      throw new IllegalStateException("The processor has no context yet");
    }
    return session;
  }
}
