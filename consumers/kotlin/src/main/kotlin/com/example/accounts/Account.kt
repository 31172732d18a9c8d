package com.example.accounts

data class Account(val id: String, val traits: Traits)

data class Traits(val email: String, val name: Name = Name())

data class Name(val first: String = "friend", val last: String? = null)
