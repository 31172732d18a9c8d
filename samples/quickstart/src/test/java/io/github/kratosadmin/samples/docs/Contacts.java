package io.github.kratosadmin.samples.docs;

import io.github.kratosadmin.identity.IdentityApi;

import org.springframework.aot.hint.annotation.RegisterReflectionForBinding;
import org.springframework.stereotype.Service;

@Service
@RegisterReflectionForBinding(Contacts.Contact.class)
class Contacts {

	private final IdentityApi identities;

	Contacts(IdentityApi identities) {
		this.identities = identities;
	}

	Contact find(String id) {
		return this.identities.getIdentity(id).traitsAs(Contact.class);
	}

	record Contact(String email) {

	}

}
