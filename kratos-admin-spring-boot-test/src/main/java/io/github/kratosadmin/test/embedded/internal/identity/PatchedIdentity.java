package io.github.kratosadmin.test.embedded.internal.identity;

import tools.jackson.databind.JsonNode;

/**
 * The result of a patch.
 *
 * @param identity the identity, with its addresses from before
 * @param verifiableAddresses an array of data about its addresses after the patch
 * @param recoveryAddresses an array of data about its addresses after the patch
 */
record PatchedIdentity(StoredIdentity identity, JsonNode verifiableAddresses, JsonNode recoveryAddresses) {

}
