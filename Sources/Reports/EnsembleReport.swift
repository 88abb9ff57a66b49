import Training

/// What an ensemble gains: the figures of its members and of their mean on the same images, where they differ, and which
/// images each member adds.
package struct EnsembleReport: Equatable, Sendable {
    /// One of the members.
    package struct Member: Equatable, Sendable {
        /// What the user calls it.
        package let name: String
        /// Its share, 0 ... 1.
        package let weight: Double
        /// Images that it predicts as another class.
        package let errors: Int
        /// Share of right predictions, 0 ... 1.
        package let accuracy: Double
        /// See `ScoredRows.logLoss()`.
        package let logLoss: Double?
        /// Numbers of the images that the ensemble gets right with it, and wrong without; none where it is alone.
        package let added: [Int]
        /// Numbers of the images that the ensemble gets wrong with it, and right without.
        package let lost: [Int]
        /// Images that only this member gets right.
        package let onlyItRight: Int
    }

    /// An image that a list names.
    package struct Answer: Equatable, Sendable {
        /// Its class.
        package let truth: Int
        /// The class that the ensemble predicts.
        package let predicted: Int
    }

    /// The set that the images belong to.
    package let source: Evaluation.Source
    /// Number of images.
    package let count: Int
    /// How probabilities are averaged.
    package let mean: EnsembleMean
    /// The members, in their order.
    package let members: [Member]
    /// Images that the ensemble predicts as another class.
    package let errors: Int
    /// Share of right predictions, 0 ... 1.
    package let accuracy: Double
    /// See `ScoredRows.logLoss()`.
    package let logLoss: Double?
    /// members × members: how many images the two predict as different classes.
    package let differing: [[Int]]
    /// Numbers of the images that all members get wrong.
    package let allWrong: [Int]
    /// Numbers of the images that the ensemble gets wrong and a member gets right.
    package let wrongThoughKnown: [Int]
    /// The images that the lists name, by their numbers.
    package let answers: [Int: Answer]

    /// - Parameters:
    ///   - evaluations: of the members on the same images; one at least.
    ///   - weights: one a member, with a sum of 1.
    package init(_ evaluations: [Evaluation], names: [String], mean: EnsembleMean, weights: [Double]) {
        let whole = Evaluation(of: evaluations, mean: mean, weights: weights)
        (source, count, self.mean) = (whole.source, whole.count, mean)
        (errors, accuracy, logLoss) = (whole.errors, whole.accuracy, whole.scoredRows.logLoss())
        differing = evaluations.map { one in
            evaluations.map { other in zip(one.predictions, other.predictions).count { $0 != $1 } }
        }
        func isRight(_ evaluation: Evaluation, _ row: Int) -> Bool {
            evaluation.predictions[row] == evaluation.labels[row]
        }
        let rightMembers = (0..<whole.count).map { row in evaluations.count { isRight($0, row) } }
        allWrong = rightMembers.indices.filter { rightMembers[$0] == 0 }.map { whole.rows[$0] }
        wrongThoughKnown = rightMembers.indices.filter { rightMembers[$0] > 0 && !isRight(whole, $0) }
            .map { whole.rows[$0] }
        members = evaluations.indices.map { place in
            let own = evaluations[place]
            let others = evaluations.indices.filter { $0 != place }
            let shares = try? Ensemble.shares(of: others.map { weights[$0] })
            let rest = shares.map { Evaluation(of: others.map { evaluations[$0] }, mean: mean, weights: $0) }
            func rows(_ isWith: Bool) -> [Int] {
                guard let rest else { return [] }
                return (0..<whole.count).filter { isRight(whole, $0) == isWith && isRight(rest, $0) != isWith }
                    .map { whole.rows[$0] }
            }
            return Member(
                name: names[place], weight: weights[place], errors: own.errors, accuracy: own.accuracy,
                logLoss: own.scoredRows.logLoss(), added: rows(true), lost: rows(false),
                onlyItRight: rightMembers.indices.count { rightMembers[$0] == 1 && isRight(own, $0) })
        }
        let named = Set(allWrong + wrongThoughKnown + members.flatMap { $0.added + $0.lost })
        let places = (0..<whole.count).filter { named.contains(whole.rows[$0]) }
        answers = Dictionary(
            uniqueKeysWithValues: places.map { row in
                (
                    whole.rows[row],
                    Answer(truth: Int(whole.labels[row]), predicted: Int(whole.predictions[row]))
                )
            })
    }

    /// The errors of the best member.
    package var bestErrors: Int { members.map(\.errors).min() ?? 0 }
    /// What it gains over the best member, before its name: `2 errors fewer than`.
    package var gainOverBest: String {
        let gain = bestErrors - errors
        guard gain != 0 else { return "as many errors as" }
        return "\(abs(gain)) \(abs(gain) == 1 ? "error" : "errors") \(gain > 0 ? "fewer" : "more") than"
    }

    /// The mean of the members' errors.
    package var meanErrors: Double { Double(members.reduce(0) { $0 + $1.errors }) / Double(max(1, members.count)) }

    /// The object that `ensemble --json` prints.
    package var json: JSON {
        .object([
            "source": .text(source.rawValue), "images": .integer(count), "mean": .text(mean.rawValue),
            "errors": .integer(errors), "accuracy": .number(accuracy), "log_loss": .number(logLoss),
            "best_member_errors": .integer(bestErrors), "mean_member_errors": .number(meanErrors),
            "members": .array(members.map(\.json)),
            "differing": .array(differing.map { .array($0.map { .integer($0) }) }),
            "all_wrong": .array(allWrong.map { .integer($0) }),
            "wrong_though_known": .array(wrongThoughKnown.map { .integer($0) }),
        ])
    }
}

extension EnsembleReport.Member {
    fileprivate var json: JSON {
        .object([
            "name": .text(name), "weight": .number(weight), "errors": .integer(errors), "accuracy": .number(accuracy),
            "log_loss": .number(logLoss), "added": .array(added.map { .integer($0) }),
            "lost": .array(lost.map { .integer($0) }), "only_it_right": .integer(onlyItRight),
        ])
    }
}
