package io.meninx.service.settings;

/**
 * Where the service answers.
 *
 * @param host address or name to listen on; loopback unless stated
 * @param port to listen on; 0 takes any free one
 */
public record HttpSettings(String host, int port) {}
