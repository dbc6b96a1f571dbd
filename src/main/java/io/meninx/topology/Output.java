package io.meninx.topology;

/**
 * A value on its way to a sink, with the partition it goes to: that of the task that made it. Kafka
 * Streams asks for a record's partition with nothing but key and value, so the value has to know.
 *
 * @param partition of the task
 * @param value framed bytes
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on once; nobody compares it.
record Output(int partition, byte[] value) {}
