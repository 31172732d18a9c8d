/**
 * One suite of tests for the client, for every Kratos, real or embedded.
 */
package io.github.kratosadmin.test.contract;
