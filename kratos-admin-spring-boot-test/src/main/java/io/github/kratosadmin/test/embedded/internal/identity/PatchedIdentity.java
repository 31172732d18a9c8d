package io.github.kratosadmin.test.embedded.internal.identity;

import tools.jackson.databind.JsonNode;

/**
 * The result of a patch.
 *
 * @param identity the identity, with its addresses before the patch
 * @param verifiableAddresses its verifiable addresses after the patch, an array
 * @param recoveryAddresses its recovery addresses after the patch, an array
 */
record PatchedIdentity(StoredIdentity identity, JsonNode verifiableAddresses, JsonNode recoveryAddresses) {

}
