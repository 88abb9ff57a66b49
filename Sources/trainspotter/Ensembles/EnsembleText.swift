import Reports
import Training

/// What an ensemble gains, in words.
struct EnsembleText {
    let report: EnsembleReport
    let weighting: EnsembleWeighting
    /// What validation found; nil where it was not asked.
    let fitted: EnsembleWeights?
    /// Images of each kind that are named.
    let count: Int

    /// Networks of which a table of all pairs is printed.
    private static let mostPairs = 12

    /// Everything that is printed.
    var text: String {
        ([table, gain] + [weights, pairs, images].filter { !$0.isEmpty }).joined(separator: "\n\n")
    }

    private var table: String {
        let heading = ["network", "weight", "errors", "accuracy", "log_loss", "adds", "costs", "alone"]
        let members = report.members.map { member in
            [
                member.name, FigureText.fixed(member.weight, 3), FigureText.grouped(member.errors),
                FigureText.fixed(member.accuracy, 4), figure(member.logLoss), "\(member.added.count)",
                "\(member.lost.count)", "\(member.onlyItRight)",
            ]
        }
        let whole = [
            "ensemble", "", FigureText.grouped(report.errors), FigureText.fixed(report.accuracy, 4),
            figure(report.logLoss), "", "", "",
        ]
        return TextTable.text([heading] + members + [whole], rightAligned: Set(1...7))
    }

    private func figure(_ value: Double?) -> String { value.map { FigureText.fixed($0, 4) } ?? "none" }

    /// The difference to the best and to the mean network.
    private var gain: String {
        let mean = report.meanErrors - Double(report.errors)
        let against =
            mean == 0
            ? "as many as" : "\(FigureText.fixed(abs(mean), 1)) \(mean > 0 ? "fewer" : "more") than"
        return
            "The \(report.mean.rawValue) mean makes \(report.gainOverBest) the best network (\(report.bestErrors)), and "
            + "\(against) they make in the mean (\(FigureText.fixed(report.meanErrors, 1))), of "
            + "\(FigureText.grouped(report.count)) test images."
    }

    private var weights: String {
        guard let fitted else { return "" }
        return
            "Weights from validation: log-loss \(FigureText.fixed(fitted.loss, 5)) of the validation rows, with equal "
            + "weights \(FigureText.fixed(fitted.equalLoss, 5))."
    }

    /// How many images each two predict as different classes.
    private var pairs: String {
        let names = report.members.map(\.name)
        guard names.count > 1 else { return "" }
        guard names.count <= Self.mostPairs else {
            let all = names.indices.flatMap { one in ((one + 1)..<names.count).map { report.differing[one][$0] } }
            return "Two networks differ on \(FigureText.span(all) ?? "0") images."
        }
        let numbers = names.indices.map { "\($0 + 1)" }
        let rows = names.indices.map { one in
            ["\(one + 1)", names[one]]
                + names.indices.map { $0 < one ? FigureText.grouped(report.differing[one][$0]) : "" }
        }
        return "Images that two predict as different classes\n"
            + TextTable.text(
                [["", ""] + numbers.dropLast()] + rows.map { Array($0.dropLast()) },
                rightAligned: Set(2...(names.count + 1)))
    }

    /// Which images all get wrong, and which each adds.
    private var images: String {
        var rows = [
            ["all networks wrong", "\(report.allWrong.count)", named(report.allWrong)],
            ["wrong, though a network is right", "\(report.wrongThoughKnown.count)", named(report.wrongThoughKnown)],
        ]
        for member in report.members where !member.added.isEmpty {
            rows.append(["\(member.name) adds", "\(member.added.count)", named(member.added)])
        }
        for member in report.members where !member.lost.isEmpty {
            rows.append(["\(member.name) costs", "\(member.lost.count)", named(member.lost)])
        }
        return TextTable.text(rows, rightAligned: [1])
    }

    private func named(_ images: [Int]) -> String {
        guard !images.isEmpty, count > 0 else { return "" }
        return images.prefix(count).map(String.init).joined(separator: " ") + (images.count > count ? " …" : "")
    }

    /// The object that `--json` prints.
    static func json(
        _ report: EnsembleReport, _ weighting: EnsembleWeighting, _ fitted: EnsembleWeights?, _ test: TestReport
    ) -> JSON {
        guard case .object(let members) = report.json else { return report.json }
        let chosen: JSON = .object([
            "from": .text(weighting.word), "validation_log_loss": .number(fitted?.loss),
            "validation_log_loss_of_equal_weights": .number(fitted?.equalLoss),
        ])
        return .object(
            members + [JSON.Member(key: "weights", value: chosen), JSON.Member(key: "test", value: test.json)])
    }
}
