/**
 * What every Kratos, real or embedded, must do for the client: one suite for all of them.
 */
package io.github.kratosadmin.test.contract;
