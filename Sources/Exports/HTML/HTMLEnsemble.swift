import Datasets
import Markup
import Reports
import Specs
import Training

/// An ensemble as one HTML page: what the mean of its networks gains, what it predicts as what, and what each network adds.
package struct HTMLEnsemble {
    /// What the user calls it.
    package let name: String
    /// Its networks' lines, in their order.
    package let lines: [String]
    /// Figures of the networks and of their mean on the test images.
    package let gains: EnsembleReport
    /// What a network's report has of the mean.
    private let report: HTMLReport

    /// The greatest number of images that are named in a row.
    private static let named = 12

    /// - Parameters:
    ///   - members: evaluations of all test images, one a network.
    ///   - dataset: the one that they are of.
    package init(_ ensemble: SavedEnsemble, members: [Evaluation], dataset: Dataset) {
        name = ensemble.name
        lines = ensemble.members.map(\.specLine)
        gains = EnsembleReport(members, names: ensemble.names, mean: ensemble.mean, weights: ensemble.weights)
        report = HTMLReport(
            name: ensemble.name, spec: ensemble.members[0].spec, report: nil,
            test: Evaluation(of: members, mean: ensemble.mean, weights: ensemble.weights), dataset: dataset)
    }

    /// The whole page.
    package var text: String {
        let title = "\(name): \(FigureText.perCent(gains.accuracy)) on \(report.dataset.name)"
        return HTMLText.bindingPerCents(
            HTMLReport.page(
                title: title,
                """
                \(header)
                \(HTMLReport.section("Networks", id: "networks", networks))
                \(HTMLReport.section("Where they differ", id: "differences", differences))
                \(HTMLReport.section("What is predicted as what", id: "confusion", report.confusion))
                \(HTMLReport.section("Class by class", id: "classes", report.classTable))
                \(HTMLReport.section("The most wrong", id: "mistakes", report.worst))
                """))
    }

    private var header: String {
        let count = FigureText.grouped(gains.count)
        let facts = [
            ("accuracy", FigureText.perCent(gains.accuracy)),
            ("errors of \(count)", FigureText.grouped(gains.errors)),
            ("errors of the best network", FigureText.grouped(gains.bestErrors)),
            ("errors of the mean network", FigureText.fixed(gains.meanErrors, 1)),
            ("log-loss", gains.logLoss.map { FigureText.fixed($0, 4) } ?? "none"),
            ("networks", FigureText.grouped(gains.members.count)),
        ]
        let tiles = facts.map { "<div><dt>\(MarkupText.escaped($0.0))</dt><dd>\(MarkupText.escaped($0.1))</dd></div>" }
        return """
            <header>
            <p class="eyebrow">Trainspotter report</p>
            <h1>\(MarkupText.escaped(name))</h1>
            <p class="note">The \(gains.mean.rawValue) mean of the probabilities of \(gains.members.count) networks.</p>
            <dl class="tiles">
            \(tiles.joined(separator: "\n"))
            </dl>
            <p class="muted">On the \(count) test images of \(MarkupText.escaped(report.dataset.name)), which took no part \
            in training.</p>
            </header>
            """
    }

    private var networks: String {
        let rows = gains.members.map { member in
            [
                member.name, FigureText.fixed(member.weight, 3), FigureText.grouped(member.errors),
                member.logLoss.map { FigureText.fixed($0, 4) } ?? "none", Self.counted(member.added),
                Self.counted(member.lost),
            ]
        }
        let table = HTMLText.table(
            class: "figures",
            caption:
                "Each network by itself; the images that the mean gets right only with it, and wrong only with it.",
            columns: ["network", "weight", "errors", "log-loss", "adds", "costs"], rows: rows)
        let specs = zip(gains.members, lines).map { member, line in
            "<dt>\(MarkupText.escaped(member.name))</dt><dd><code>\(HTMLText.unbroken(line))</code></dd>"
        }
        return table + "\n<dl class=\"lines\">\n\(specs.joined(separator: "\n"))\n</dl>"
    }

    private var differences: String {
        let names = gains.members.map(\.name)
        let rows = zip(names, gains.differing).map { name, counts in [name] + counts.map(FigureText.grouped) }
        let table = HTMLText.table(
            class: "figures", caption: "How many images two networks predict as different classes.",
            columns: ["network"] + names, rows: rows)
        return """
            \(table)
            <p>All networks are wrong on \(MarkupText.escaped(Self.counted(gains.allWrong))). The mean is wrong though a \
            network is right on \(MarkupText.escaped(Self.counted(gains.wrongThoughKnown))).</p>
            """
    }

    /// `3: 247, 582, 2130`, with the numbers of some images.
    private static func counted(_ images: [Int]) -> String {
        guard !images.isEmpty else { return "0" }
        let some = images.prefix(named).map(String.init).joined(separator: ", ")
        return "\(FigureText.grouped(images.count)): \(some)\(images.count > named ? ", …" : "")"
    }
}
