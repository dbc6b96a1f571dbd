package io.meninx.topology;

import java.io.IOException;
import java.net.ConnectException;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serializer;

/**
 * A serde of somebody else: Avro's JSON by a schema from the settings, marked by a header. It
 * throws what such classes throw, spoils the bytes it is given, and quotes them.
 */
public final class JsonAvroSerde implements Serde<GenericRecord>, Deserializer<GenericRecord> {
  static final String SCHEMA = "json.schema";
  static final String HEADER = "json";

  private Schema schema = Schema.create(Schema.Type.NULL);

  /** As it is made by name. */
  public JsonAvroSerde() {}

  @Override
  public void configure(Map<String, ?> configs, boolean isKey) {
    if (!(configs.get(SCHEMA) instanceof String text)) {
      throw new ConfigException("json.schema is missing");
    }
    schema = new Schema.Parser().parse(text);
  }

  @Override
  public GenericRecord deserialize(String topic, Headers headers, byte[] data) {
    String text = new String(data, java.nio.charset.StandardCharsets.UTF_8);
    java.util.Arrays.fill(data, (byte) 0);
    switch (text) {
      case "away" -> throw new SerializationException("id 7", new ConnectException("refused"));
      case "refused" -> throw new InvalidConfigurationException("Unauthorized; error code: 401");
      case "deep" -> throw new StackOverflowError();
      default -> {}
    }
    if (headers.lastHeader(HEADER) == null) {
      throw new SerializationException("no header on " + text);
    }
    try {
      return new GenericDatumReader<GenericRecord>(schema)
          .read(null, DecoderFactory.get().jsonDecoder(schema, text));
    } catch (IOException | RuntimeException e) {
      throw new SerializationException("can't read " + text, e);
    }
  }

  @Override
  public GenericRecord deserialize(String topic, byte[] data) {
    throw new SerializationException("no headers");
  }

  @Override
  public Serializer<GenericRecord> serializer() {
    throw new UnsupportedOperationException();
  }

  @Override
  public Deserializer<GenericRecord> deserializer() {
    return this;
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
