#include "core/inventory/reservations.hpp"

#include "core/observe/exceptions.hpp"

namespace omnisim::core {

Reservations::Reservations(const Directory& directory, Ledger& ledger)
    : ledger_(ledger),
      nodes_(directory.node_count()),
      youngest_(static_cast<std::size_t>(directory.item_count()) * directory.node_count(), no_reservation) {}

ReservationId Reservations::hold(const Cause& cause, SkuId sku, NodeId node, std::int32_t quantity_each,
                                 std::uint32_t priority, std::uint32_t owner, Bucket from) {
  ledger_.move(cause, sku, node, from, Bucket::reserved, quantity_each);
  Entry entry{
      {sku, node, quantity_each, ReservationPhase::pending, priority, owner}, no_reservation, no_reservation};
  ReservationId& head = youngest_[cell(entry.reservation)];
  entry.next = head;
  const ReservationId id = entries_.add(entry);
  if (head != no_reservation) entries_[head].previous = id;
  return head = id;
}

void Reservations::forget(ReservationId id) {
  if (at(id).quantity_each > 0) throw BrokenInvariant("a live reservation cannot be forgotten");
  entries_.free(id);
}

void Reservations::extend(const Cause& cause, ReservationId id, std::int32_t quantity_each, Bucket from) {
  Reservation& r = entries_[id].reservation;
  if (r.quantity_each == 0) throw BrokenInvariant("a resolved reservation cannot grow");
  ledger_.move(cause, r.sku, r.node, from, Bucket::reserved, quantity_each);
  r.quantity_each += quantity_each;
}

void Reservations::confirm(ReservationId id) {
  Reservation& reservation = entries_[id].reservation;
  if (reservation.phase == ReservationPhase::pending) reservation.phase = ReservationPhase::confirmed;
}

void Reservations::consume(const Cause& cause, ReservationId id, std::int32_t quantity_each, Bucket to) {
  take(id, quantity_each, ReservationPhase::consumed);
  const Reservation& r = at(id);
  ledger_.move(cause, r.sku, r.node, Bucket::reserved, to, quantity_each);
}

void Reservations::release(const Cause& cause, ReservationId id, std::int32_t quantity_each,
                           ReservationPhase end) {
  take(id, quantity_each, end);
  const Reservation& r = at(id);
  ledger_.move(cause, r.sku, r.node, Bucket::reserved, Bucket::sellable, quantity_each);
}

void Reservations::take(ReservationId id, std::int32_t quantity_each, ReservationPhase end) {
  Entry& entry = entries_[id];
  Reservation& reservation = entry.reservation;
  if (quantity_each > reservation.quantity_each) throw BrokenInvariant("a reserved unit resolved twice");
  reservation.quantity_each -= quantity_each;
  if (reservation.quantity_each > 0) return;
  reservation.phase = end;
  if (entry.next != no_reservation) entries_[entry.next].previous = entry.previous;
  if (entry.previous != no_reservation) {
    entries_[entry.previous].next = entry.next;
  } else {
    youngest_[cell(reservation)] = entry.next;
  }
}

ReservationId Reservations::first_to_yield(SkuId sku, NodeId node, bool by_priority) const {
  ReservationId yields = youngest_[static_cast<std::size_t>(sku.value) * nodes_ + node.value];
  if (!by_priority || yields == no_reservation) return yields;
  for (ReservationId id = entries_[yields].next; id != no_reservation; id = entries_[id].next) {
    if (at(id).priority > at(yields).priority) yields = id;
  }
  return yields;
}

void Reservations::digest(Digest& digest) const {
  digest.add(entries_.size());
  for (const Entry& e : entries_) {
    const Reservation& r = e.reservation;
    digest.add(r.sku, r.node, r.quantity_each, r.phase, r.priority, r.owner);
  }
}

}  // namespace omnisim::core
