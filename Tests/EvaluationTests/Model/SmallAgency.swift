extension ModelAgency {
  /// Five subaccounts with something of everything: for tests that spell their answers out.
  static var small: ModelAgency {
    var agency = ModelAgency(permissions: standardPermissions)
    func add(
      _ name: String, _ permissions: [String], _ attributes: [String: ModelValue] = [:],
      isProtected: Bool = false
    ) {
      let number = agency.subaccounts.count + 1
      agency.subaccounts.append(
        Subaccount(
          id: "100x\(number)", name: name, created: 1_767_225_600_000 + Int64(number) * 60_000,
          permissions: Set(permissions).union(["general.assistants"]), attributes: attributes,
          isProtected: isProtected))
    }
    add(
      "Acme Dental", ["agent_types.inbound", "agent_types.outbound"],
      ["plan": .text("pro"), "email": .text("dental@acme.example"), "max_minutes": .number(500)])
    add(
      "Harbor Law", ["agent_types.inbound"], ["plan": .text("trial"), "max_minutes": .number(0)],
      isProtected: true)
    add(
      "Corner Caf\u{E9}", ["general.logs"],
      ["plan": .text("pro"), "max_minutes": .number(.infinity)])
    add("Twin", [])
    add("Twin", ["agent_types.outbound"])
    return agency
  }
}
