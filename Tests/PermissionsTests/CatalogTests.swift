import Diagnostics
import Permissions
import Testing

@Suite("The catalogue")
struct CatalogTests {
  private let catalog = Catalog.standard

  @Test("has the platform's 36 permissions in five areas")
  func standardSize() {
    #expect(catalog.count == 36)
    #expect(
      catalog.areas.map(\.name) == [
        "general", "agent_types", "capabilities", "integrations", "actions",
      ])
  }

  @Test("gives the Subaccounts API its 13 values")
  func apiFields() {
    let fields: Set<Text> = [
      "inbound", "outbound", "widget", "chat", "assistants", "knowledge_base", "actions",
      "workflows",
      "contacts", "phone_numbers", "logs", "simulations", "analytics",
    ]
    #expect(Set(catalog.permissions.compactMap(\.apiField)) == fields)
  }

  @Test("finds a name in any case", arguments: ["outbound", "OUTBOUND", "OutBound"] as [Text])
  func bareName(name: Text) throws {
    guard case .one(let number) = catalog.lookup(bareName: name) else {
      Issue.record("not found: \(name)")
      return
    }
    #expect(catalog[number].canonicalName == "agent_types.outbound")
  }

  @Test("takes a bare name that the API uses for that permission, and knows the namesakes")
  func preferredName() throws {
    let chosen = try #require(catalog.lookup(area: "general", field: "actions"))
    let namesake = try #require(catalog.lookup(area: "capabilities", field: "actions"))
    #expect(
      catalog.lookup(bareName: "actions") == .preferred(chosen: chosen, namesakes: [namesake]))
  }

  @Test("lists the candidates of a bare name that several share")
  func ambiguousName() throws {
    var grown = catalog
    let first = grown.add(Permission(area: "integrations", field: "zapier", label: "Zapier"))
    let second = grown.add(Permission(area: "actions", field: "zapier", label: "Zapier action"))
    #expect(grown.lookup(bareName: "zapier") == .ambiguous([first, second]))
  }

  @Test("finds labels, canonical names and areas")
  func otherNames() throws {
    let base = try #require(catalog.lookup(area: "General", field: "knowledge_base"))
    #expect(catalog.lookup(label: "knowledge base") == .one(base))
    #expect(catalog.lookup(label: "Cal.com") != .unknown)
    #expect(catalog.lookup(area: "integrations")?.count == 6)
    #expect(catalog.lookup(area: "integration") == nil)
    #expect(catalog.lookup(bareName: "outbond") == .unknown)
  }

  @Test("takes back a permission that it was given, its new area included")
  func removeLast() {
    var grown = catalog
    grown.add(Permission(area: "billing", field: "invoices", label: "Invoices"))
    #expect(grown.lookup(area: "billing") != nil)
    grown.removeLast()
    #expect(grown.lookup(area: "billing") == nil)
    #expect(grown.permissions == catalog.permissions)
    #expect(grown.areas == catalog.areas)
  }
}

@Suite("A set of permissions")
struct PermissionSetTests {
  @Test("agrees with a set of numbers, far beyond 64", arguments: 0..<50)
  func agreesWithSet(seed: Int) {
    var state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1
    func below(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    let left = Set((0..<below(40)).map { _ in below(200) })
    let right = Set((0..<below(40)).map { _ in below(200) })
    let a = PermissionSet(left.map(PermissionNumber.init))
    let b = PermissionSet(right.map(PermissionNumber.init))
    #expect(a.map(\.value) == left.sorted())
    #expect(a.count == left.count)
    #expect(a.union(b) == PermissionSet(left.union(right).map(PermissionNumber.init)))
    #expect(a.subtracting(b) == PermissionSet(left.subtracting(right).map(PermissionNumber.init)))
    #expect(a.isSubset(of: b) == left.isSubset(of: right))
    for value in 0..<200 { #expect(a.contains(PermissionNumber(value)) == left.contains(value)) }
  }
}
