package com.example.secured;

import java.util.List;

import io.github.kratosadmin.KratosAdmin;
import io.github.kratosadmin.identity.Identity;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/admin/accounts")
class AdminController {

	private final KratosAdmin kratos;

	AdminController(KratosAdmin kratos) {
		this.kratos = kratos;
	}

	@GetMapping
	List<String> list() {
		return this.kratos.identities().listIdentities().items().stream().map(Identity::id).toList();
	}

	@PostMapping("/{id}/offboard")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void offboard(@PathVariable String id) {
		this.kratos.offboard(id);
	}

}
