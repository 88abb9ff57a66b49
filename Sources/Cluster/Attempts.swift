import Specs

/// How often trials were lost on their way, and which of them are given up: a loss after which a trial is further than after
/// the one before does not count, so that a short limit of time ends nothing.
package struct Attempts {
    /// What is done with a trial that was lost.
    package enum Next: Equatable {
        case again
        case givesUp
        /// It is none of the trials' fault: nothing has ever come back from a task.
        case stops
    }

    /// Losses in a row without progress after which a trial is given up.
    package static let most = 3
    /// Losses of tasks after which the search stops where nothing has come back at all.
    package static let mostFruitless = 6

    private struct Standing {
        var place: RunPlace
        var losses = 0
    }

    private var standings: [Int: Standing] = [:]
    private var isFruitful = false
    private var fruitless = 0

    package init() {}

    /// Something has come back.
    package mutating func arrived(_ trial: Int) {
        standings[trial] = nil
        isFruitful = true
    }

    /// A trial was lost.
    ///
    /// - Parameter place: of the newest state that has come from it.
    package mutating func lost(_ trial: Int, at place: RunPlace) -> Next {
        var standing = standings[trial] ?? Standing(place: RunPlace(epoch: 0))
        let isFurther = (place.epoch, place.batch) > (standing.place.epoch, standing.place.batch)
        if isFurther { (standing.losses, isFruitful) = (0, true) } else { standing.losses += 1 }
        standing.place = place
        standings[trial] = standing
        if !isFruitful {
            fruitless += 1
            if fruitless >= Self.mostFruitless || standing.losses >= Self.most { return .stops }
        }
        return standing.losses >= Self.most ? .givesUp : .again
    }
}
