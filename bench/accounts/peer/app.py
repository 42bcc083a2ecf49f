"""The same three endpoints in FastAPI, written as its documentation writes them.

Handlers are plain functions that FastAPI runs in its pool of threads, with SQLAlchemy's synchronous session: so do the
framework's tutorial and its full-stack template. Hashing lets go of Python's global lock, so sign-ins run side by side.
"""

import os
import secrets
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Annotated

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from fastapi import Depends, FastAPI, HTTPException
from fastapi.security import OAuth2PasswordBearer, OAuth2PasswordRequestForm
from pydantic import BaseModel
from sqlalchemy import ForeignKey, create_engine, event, select, text
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

SECRET = os.environ["PEER_SECRET"]
URL = os.environ["PEER_DATABASE_URL"]
ALGORITHM = "HS256"
ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
REFRESH_TOKEN_LIFETIME = timedelta(days=7)

# The parameters that MOG AI hashes with.
hasher = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
engine = create_engine(URL, pool_size=20, max_overflow=20)
app = FastAPI()
bearer = OAuth2PasswordBearer(tokenUrl="/auth/login")


if URL.startswith("sqlite"):

    @event.listens_for(engine, "connect")
    def _tune(connection, _record):
        # What MOG AI sets as well: readers beside the writer, and patience with its lock.
        for pragma in ("journal_mode = WAL", "synchronous = NORMAL", "busy_timeout = 5000", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id: Mapped[str] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True, index=True)
    password_hash: Mapped[str]
    name: Mapped[str]
    role: Mapped[str]
    created_at: Mapped[datetime]


class RefreshToken(Base):
    __tablename__ = "refresh_tokens"
    hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    expires_at: Mapped[datetime]


class Tokens(BaseModel):
    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str


class Me(BaseModel):
    id: str
    email: str
    name: str
    role: str
    created_at: datetime


class Health(BaseModel):
    status: str
    service: str
    version: str
    database: str
    timestamp: datetime


def session() -> Iterator[Session]:
    with Session(engine) as open_session:
        yield open_session


Database = Annotated[Session, Depends(session)]


def current_user(database: Database, token: Annotated[str, Depends(bearer)]) -> User:
    try:
        claims = jwt.decode(token, SECRET, algorithms=[ALGORITHM])
    except jwt.InvalidTokenError as error:
        raise HTTPException(401, "not signed in") from error
    user = database.get(User, claims["sub"])
    if user is None:
        raise HTTPException(401, "not signed in")
    return user


@app.get("/health")
def health(database: Database) -> Health:
    database.execute(text("SELECT 1"))
    return Health(status="ok", service="peer", version="1", database="ok", timestamp=datetime.now(UTC))


@app.get("/users/me")
def me(user: Annotated[User, Depends(current_user)]) -> Me:
    return Me(id=user.id, email=user.email, name=user.name, role=user.role, created_at=user.created_at)


@app.post("/auth/login")
def login(database: Database, form: Annotated[OAuth2PasswordRequestForm, Depends()]) -> Tokens:
    user = database.scalar(select(User).where(User.email == form.username.lower()))
    if user is None:
        raise HTTPException(401, "wrong address or password")
    try:
        hasher.verify(user.password_hash, form.password)
    except VerifyMismatchError as error:
        raise HTTPException(401, "wrong address or password") from error
    now = datetime.now(UTC)
    refresh = secrets.token_urlsafe(32)
    digest = sha256(refresh.encode()).hexdigest()
    database.add(RefreshToken(hash=digest, user_id=user.id, expires_at=now + REFRESH_TOKEN_LIFETIME))
    database.commit()
    claims = {"sub": user.id, "iat": now, "exp": now + ACCESS_TOKEN_LIFETIME}
    access = jwt.encode(claims, SECRET, algorithm=ALGORITHM)
    lifetime = int(ACCESS_TOKEN_LIFETIME.total_seconds())
    return Tokens(access_token=access, token_type="bearer", expires_in=lifetime, refresh_token=refresh)


def prepare(email: str, password: str) -> None:
    """Makes the tables and one account. The runner calls it once, before the server starts."""
    Base.metadata.create_all(engine)
    with Session(engine) as database:
        user = User(
            id=str(uuid.uuid4()),
            email=email,
            password_hash=hasher.hash(password),
            name="Ada",
            role="user",
            created_at=datetime.now(UTC),
        )
        database.add(user)
        database.commit()
