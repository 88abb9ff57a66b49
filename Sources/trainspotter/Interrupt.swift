import CursesTerminal
import Foundation
import Synchronization

/// Whether the program was asked to end: by Ctrl-C, by `kill`, or because its terminal was closed.
enum Interrupt {
    private static let flag = Atomic(false)

    private static let signals = [SIGINT, SIGTERM, SIGHUP]

    static var isRequested: Bool { flag.load(ordering: .relaxed) }

    /// Asks as a signal does, where another part handles those.
    static func request() { flag.store(true, ordering: .relaxed) }

    /// From now on the first signal asks, and a second one of its kind ends the program; but for hang-ups, of which one
    /// closed terminal makes several. A signal that is ignored as the program starts, as nohup and a shell's `&` want it,
    /// stays ignored.
    static func watch() {
        // The flag must exist before a handler can touch it.
        flag.store(false, ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { _ in Interrupt.flag.store(true, ordering: .relaxed) }
        let wanted = signals.filter { !CursesTerminal.isIgnored($0) }
        for signal in wanted {
            action.sa_flags = signal == SIGHUP ? SA_RESTART : Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_RESTART
            sigaction(signal, &action, nil)
        }
        // Whoever started the program may have had the signal blocked, and the mask is inherited.
        var mask = sigset_t()
        sigemptyset(&mask)
        for signal in wanted { sigaddset(&mask, signal) }
        pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    }
}
