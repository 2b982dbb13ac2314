// Reservations: units of one SKU at one node that are spoken for. Two-phase: `pending` while the customer's
// payment is awaited, `confirmed` once it is there; then consumed by the pick, voided, expired or broken.
// Each unit of a reservation is resolved exactly once, and every step moves stock between `sellable` and
// `reserved` with it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/inventory/ledger.hpp"
#include "core/support/pool.hpp"

namespace omnisim::core {

using ReservationId = std::uint32_t;
inline constexpr ReservationId no_reservation = 0xffffffffu;

enum class ReservationPhase : std::uint8_t { pending, confirmed, consumed, voided, expired, broken };

struct Reservation {
  SkuId sku;
  NodeId node;
  std::int32_t quantity_each = 0;  ///< units still reserved; 0 once resolved
  ReservationPhase phase = ReservationPhase::pending;
  std::uint32_t priority = 0;  ///< of the channel: lower is served first
  std::uint32_t owner = 0;     ///< the order leg that it serves
};

class Reservations {
 public:
  Reservations(const Directory& directory, Ledger& ledger);

  /// Moves units from sellable (or, put back, from picked or packed) to reserved. The caller has seen that
  /// they are there.
  ReservationId hold(const Cause& cause, SkuId sku, NodeId node, std::int32_t quantity_each,
                     std::uint32_t priority, std::uint32_t owner, Bucket from = Bucket::sellable);
  /// More units for a live reservation.
  void extend(const Cause& cause, ReservationId id, std::int32_t quantity_each,
              Bucket from = Bucket::sellable);
  /// pending → confirmed; a second confirmation changes nothing.
  void confirm(ReservationId id);
  /// The units leave for `to` (picked, packed …).
  void consume(const Cause& cause, ReservationId id, std::int32_t quantity_each, Bucket to);
  /// The units are sellable again; `end` (voided, expired, broken) is the phase when none are left.
  void release(const Cause& cause, ReservationId id, std::int32_t quantity_each, ReservationPhase end);

  /// Gives back the row of a resolved reservation; its id may come again.
  void forget(ReservationId id);

  const Reservation& at(ReservationId id) const { return entries_[id].reservation; }

  /// The live reservation of that SKU and node that has to yield first: that of the channel served last (only
  /// if `by_priority`), then the youngest. `no_reservation` when there is none.
  ReservationId first_to_yield(SkuId sku, NodeId node, bool by_priority) const;

  void digest(Digest& digest) const;
  template <class Archive>
  void archive(Archive& a) {
    a(entries_, youngest_);
  }

 private:
  struct Entry {
    Reservation reservation;
    ReservationId next = no_reservation;  ///< younger to older, among the live ones of a SKU and node
    ReservationId previous = no_reservation;
  };

  void take(ReservationId id, std::int32_t quantity_each, ReservationPhase end);
  std::size_t cell(const Reservation& r) const {
    return static_cast<std::size_t>(r.sku.value) * nodes_ + r.node.value;
  }

  Ledger& ledger_;
  std::size_t nodes_;
  Pool<Entry> entries_;
  std::vector<ReservationId> youngest_;  ///< [sku][node]
};

}  // namespace omnisim::core
