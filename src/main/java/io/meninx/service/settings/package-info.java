/**
 * The settings of a deployment: one YAML file and environment variables, read strictly, all
 * mistakes told at once. Secrets come from files or from the environment and are never printed.
 */
@NullMarked
package io.meninx.service.settings;

import org.jspecify.annotations.NullMarked;
