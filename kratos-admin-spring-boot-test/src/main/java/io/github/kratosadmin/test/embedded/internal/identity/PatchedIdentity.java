package io.github.kratosadmin.test.embedded.internal.identity;

import tools.jackson.databind.JsonNode;

/**
 * What a patch made of an identity.
 *
 * @param identity the identity, with the addresses it had before
 * @param verifiableAddresses an array with what is known about its addresses now
 * @param recoveryAddresses an array with what is known about its addresses now
 */
record PatchedIdentity(StoredIdentity identity, JsonNode verifiableAddresses, JsonNode recoveryAddresses) {

}
