/** Patients and alerts over HTTP (contract section 8), answered from the read model. */
@NullMarked
package io.meninx.service.api;

import org.jspecify.annotations.NullMarked;
