import Diagnostics
import Permissions

/// What a store begins with, before change 1: the catalogue and the attributes of its first day.
///
/// They are written into each store, so that a program with a longer list reads an old one rightly.
struct Origin {
  var catalog: Catalog
  var attributes: [AttributeDefinition]

  static let standard = Origin(catalog: .standard, attributes: AttributeDefinition.standard)

  var table: Table { Table(catalog: catalog, attributes: attributes) }

  var payload: [UInt8] {
    var bytes = Origin.bytes(of: catalog)
    bytes.write(attributes) { $0.write(to: &$1) }
    return bytes
  }

  private static func bytes(of catalog: Catalog) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.write(catalog.areas) { area, output in
      output.write(area.name)
      output.write(area.label)
    }
    bytes.write(catalog.permissions) { $0.write(to: &$1) }
    return bytes
  }

  /// The standard catalogue as it is written.
  ///
  /// Most stores have it, and its names need not be read and put in order again each time: that took
  /// a third of opening a small store.
  private static let standardCatalog = bytes(of: .standard)
}

extension Origin {
  init(from input: inout ByteReader) throws(Damage) {
    let catalog = try Origin.catalog(from: &input)
    var attributes: [AttributeDefinition] = []
    for _ in 0..<(try input.count(ofAtLeast: 2, "attributes")) {
      attributes.append(try AttributeDefinition(from: &input))
    }
    guard input.isAtEnd else { throw Damage("origin") }
    self.init(catalog: catalog, attributes: attributes)
  }

  private static func catalog(from input: inout ByteReader) throws(Damage) -> Catalog {
    if input.takes(standardCatalog) { return .standard }
    var areas: [Area] = []
    for _ in 0..<(try input.count(ofAtLeast: 2, "areas")) {
      areas.append(Area(name: try input.text("area"), label: try input.text("area")))
    }
    var permissions: [Permission] = []
    for _ in 0..<(try input.count(ofAtLeast: 5, "permissions")) {
      permissions.append(try Permission(from: &input))
    }
    return Catalog(areas: areas, permissions: permissions)
  }
}
