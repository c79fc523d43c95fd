import Diagnostics
import Evaluation
import Language
import Storage

// Reckonings over whole selections, as one query each. Names of attributes are columns of
// `subaccounts`, so that whatever is made on the way is named through its own table.

extension SQLTranslation {
  /// The distinct permission sets: a set is its names in the catalogue's order, joined.
  mutating func profiles(
    of selection: ResolvedSelection, _ show: ResolvedShow, _ schema: SQLSchema, _ place: Place
  ) throws(Untranslated) {
    if show.sort.contains(where: { $0.column.name == "permissions" }) {
      // Joined names sort by what joins them, too.
      throw Untranslated(problem: .sortedLists, place: place)
    }
    try expect(selection, schema)
    let condition = try SQLConditions(schema: schema).condition(selection)
    let names = dialect.joined(
      "p.permission",
      from: "grants g join permissions p on p.number = g.permission where g.subaccount = s.number",
      by: "p.number")
    let sets = "select s.number, \(names) as permissions from subaccounts s where \(condition)"
    let counted =
      "select i.permissions, count(*) as holders, min(i.number) as first_number "
      + "from (\(sets)) i group by i.permissions"
    let order = "order by c.holders desc, c.first_number"
    let ranked =
      "select row_number() over (\(order)) as profile, c.permissions, c.holders, c.first_number, "
      + "sum(c.holders) over (\(order)) as up_to, sum(c.holders) over () as everybody "
      + "from (\(counted)) c"
    addReport(
      "select k.profile as number, k.profile, k.holders as \"count\", k.permissions, "
        + "\(share("k.holders", of: "k.everybody")) as share, "
        + "\(share("k.up_to", of: "k.everybody")) as covered, "
        + "(select s.name from subaccounts s where s.number = k.first_number) as example "
        + "from (\(ranked)) k", ReportFields.profiles, usual: 3, show)
  }

  /// Cells at odds with nearly all of their group, by the rule of `Outliers`.
  mutating func outliers(
    of selection: ResolvedSelection, by attribute: ResolvedAttribute?, _ show: ResolvedShow,
    _ schema: SQLSchema
  ) throws(Untranslated) {
    try expect(selection, schema)
    let conditions = SQLConditions(schema: schema)
    let value = attribute.map { conditions.value(of: $0) } ?? "null"
    let group = attribute == nil ? "1" : "dense_rank() over (order by i.v is null, i.v)"
    let members =
      "select i.number, i.id, i.name, i.v, \(group) as gang from (select s.number, s.id, s.name, "
      + "\(value) as v from subaccounts s where \(try conditions.condition(selection))) i"
    let sizes = "select m.gang, count(*) as everybody from members m group by m.gang"
    let holders =
      "select m.gang, g.permission, count(*) as have from members m "
      + "join grants g on g.subaccount = m.number group by m.gang, g.permission"
    let sides =
      "select z.gang, h.permission, z.everybody, "
      + "case when 2 * h.have <= z.everybody then h.have else z.everybody - h.have end as few, "
      + "case when 2 * h.have <= z.everybody then \(dialect.literal(true)) "
      + "else \(dialect.literal(false)) end as has from holders h join sizes z on z.gang = h.gang"
    let isRare =
      "o.few > 0 and o.everybody >= \(Outliers.smallestGroup) "
      + "and (o.few <= 1 or o.few * \(Outliers.rarity) <= o.everybody)"
    let share = share("o.few", of: "o.everybody")
    addReport(
      "with members as (\(members)), sizes as (\(sizes)), holders as (\(holders)), "
        + "sides as (\(sides)) "
        + "select row_number() over (order by \(share), o.gang, o.permission, m.number) as number, "
        + "m.id, m.name, m.v as \"group\", p.permission, o.has, \(share) as share "
        + "from sides o join members m on m.gang = o.gang join permissions p on p.number = o.permission "
        + "where \(isRare) and exists (select 1 from grants g where g.subaccount = m.number "
        + "and g.permission = o.permission) = o.has", ReportFields.outliers, show)
  }

  private func share(_ part: String, of whole: String) -> String {
    "cast(\(part) as \(dialect.number)) / cast(\(whole) as \(dialect.number))"
  }
}
